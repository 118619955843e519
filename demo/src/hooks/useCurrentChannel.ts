import type { ChannelRecord, HudhudErrorCode } from '@hudhud/state';
import { workspaceKey } from '@hudhud/state';
import { useChannels, useHudhud, useHudhudSelector } from '@hudhud/state/react';
import { useEffect, useEffectEvent } from 'react';
import { useAppDispatch } from '../app/hooks';
import { completeAddress, redirectTo, usePlace } from '../app/place';

interface CurrentChannel {
  /** `null` until the workspace is known. */
  readonly channel: ChannelRecord | null;
  /** Why it is not. */
  readonly error: HudhudErrorCode | null;
  readonly retry: () => void;
}

/**
 * The channel that the address names. Loads the workspace once; a channel that is not there, or is there no longer,
 * gives way to one that is.
 */
export function useCurrentChannel(): CurrentChannel {
  const { projectSlug, channelSlug } = usePlace();
  const { actions } = useHudhud();
  const dispatch = useAppDispatch();
  const load = () => {
    dispatch(actions.loadWorkspace({ projectSlug, channelSlug }));
  };
  const loadProject = useEffectEvent(load);
  useEffect(() => {
    loadProject();
  }, [projectSlug]);

  const channels = useChannels();
  const channel = useHudhudSelector((selectors, root) =>
    selectors.selectChannelBySlug(root, channelSlug),
  );
  const answeredId = useHudhudSelector((selectors, root) => selectors.selectCurrentChannelId(root));
  const loading = useHudhudSelector((selectors, root) => selectors.selectLoad(root, workspaceKey));

  const fallback =
    channels.find(({ id }) => id === answeredId) ??
    channels.find(({ slug }) => slug === 'general') ??
    channels[0];
  const fallbackSlug = channel === null ? (fallback?.slug ?? null) : null;
  const isThere = channel !== null;
  useEffect(() => {
    if (isThere) completeAddress({ projectSlug, channelSlug });
  }, [isThere, projectSlug, channelSlug]);
  useEffect(() => {
    if (fallbackSlug !== null) redirectTo({ projectSlug, channelSlug: fallbackSlug });
  }, [fallbackSlug, projectSlug]);

  return { channel, error: channel === null ? (loading?.code ?? null) : null, retry: load };
}
