import { useFormats } from '../../i18n/language';

/** When it was written, by the clock; the whole date on hovering. */
export function MessageTime({ at }: { readonly at: number }) {
  const formats = useFormats();
  return (
    <time className="message-time" dateTime={new Date(at).toISOString()} title={formats.full(at)}>
      {formats.time(at)}
    </time>
  );
}
