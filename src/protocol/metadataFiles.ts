import { decodeFile } from './decodeFile';
import { Fault } from './fault';
import type { FileRef } from './models';
import { isList, isRaw } from './raw';

/** So many of them are looked at; what a server lists itself is not bounded here. */
const mostFiles = 20;

const somewhere = 'http://relative.invalid';

/** An address that a browser would open as a web page or a file, never as a program. */
function safeUrl(url: string | null): string | null {
  if (url === null) return null;
  try {
    // parsed as browsers do: they read a scheme through spaces and line breaks
    const { protocol } = new URL(url, somewhere);
    return protocol === 'http:' || protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

/**
 * Files that a client named in `metadata`, for servers that keep no files of messages of their own. Anybody may have
 * written anything there: what is no file is left out, and never refuses the message.
 *
 * @internal
 */
export function filesInMetadata(metadata: unknown): readonly FileRef[] {
  if (!isRaw(metadata) || !isList(metadata['files'])) return [];
  return metadata['files'].slice(0, mostFiles).flatMap((raw): FileRef[] => {
    const file = decodeFile(raw);
    if (file instanceof Fault) return [];
    return [{ ...file, url: safeUrl(file.url), thumbnailUrl: safeUrl(file.thumbnailUrl) }];
  });
}
