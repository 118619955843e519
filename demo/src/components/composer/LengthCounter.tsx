import { maxMessageLength } from '../../app/limits';
import { useFormats, useStrings } from '../../i18n/language';

/** From here on it is said how much room is left. */
const nearEnd = Math.round(maxMessageLength * 0.95);

/** How many characters are left, once there are few. */
export function LengthCounter({ length }: { readonly length: number }) {
  const { composer } = useStrings();
  const formats = useFormats();
  if (length < nearEnd) return null;
  const left = maxMessageLength - length;
  return (
    <span className={`length-counter${left < 0 ? ' length-counter-over' : ''}`}>
      <span aria-hidden="true">{formats.number(left)}</span>
      <span className="visually-hidden">
        {left < 0 ? composer.tooMany(-left) : composer.characters(left)}
      </span>
    </span>
  );
}
