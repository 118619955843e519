import { downloadLog, getDiagnostics } from '@hudhud/state/replay';
import { hudhud, recorder } from './store';

/** What became of it: the clipboard has it, a file has it, or nothing has. */
export type Diagnosed = 'copied' | 'saved' | 'failed';

/** Copies what a report of a problem needs. A browser that refuses its clipboard gets it as a file. */
export async function copyDiagnostics(): Promise<Diagnosed> {
  const text = JSON.stringify(getDiagnostics({ hudhud, recorder }));
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // no permission, no focus, or no clipboard outside of a secure page
  }
  try {
    downloadLog(text, 'hudhud-diagnostics.json');
    return 'saved';
  } catch {
    return 'failed';
  }
}
