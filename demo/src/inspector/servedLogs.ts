/** A log that `hudhud replay open` serves with the page. */
export interface ServedLog {
  readonly name: string;
  readonly address: string;
}

/** The logs that the page's own address names, behind its `#`. Whatever it says, they are below `/logs/` here. */
export function servedLogs(hash: string): readonly ServedLog[] {
  const said = new URLSearchParams(hash.slice(1));
  const key = said.get('logs') ?? '';
  if (!/^[\w-]+$/.test(key)) return [];
  return said.getAll('name').map((name, i) => ({ name, address: `/logs/${key}/${i}` }));
}

/** Rejects with a sentence. */
export async function fetchLog({ address }: ServedLog, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { signal });
  if (!response.ok) {
    throw new Error('It is not served any more: start "hudhud replay open" again.');
  }
  return response.blob();
}
