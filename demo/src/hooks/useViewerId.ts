import { useHudhudSelector } from '@hudhud/state/react';

export function useViewerId(): string | null {
  return useHudhudSelector((selectors, root) => selectors.selectViewerId(root));
}
