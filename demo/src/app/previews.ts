/** Pictures of attached images, which are shown before the server has them. */
const urls = new Map<string, string>();
const mostPreviews = 40;

export function rememberPreview(uploadId: string, file: File): void {
  if (!file.type.startsWith('image/')) return;
  urls.set(uploadId, URL.createObjectURL(file));
  for (const [oldest, url] of urls) {
    if (urls.size <= mostPreviews) return;
    urls.delete(oldest);
    URL.revokeObjectURL(url);
  }
}

/** Address of a picture; `null` for what is no image, or was attached long ago. */
export function previewOf(uploadId: string): string | null {
  return urls.get(uploadId) ?? null;
}
