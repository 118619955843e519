import type { Credentials } from '@hudhud/state';
import { useStrings } from '../../i18n/language';

interface PasswordFormProps {
  readonly isBusy: boolean;
  /** Why the last try failed. */
  readonly problem: string | null;
  readonly onSubmit: (credentials: Credentials) => void;
  readonly onMissing: () => void;
}

function field(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** The password stays in the browser's own field: it is never held in React's state. */
export function PasswordForm({ isBusy, problem, onSubmit, onMissing }: PasswordFormProps) {
  const { signIn } = useStrings();
  const describedBy = problem === null ? undefined : 'sign-in-problem';
  return (
    <form
      className="password-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const name = field(data, 'username').trim();
        const password = field(data, 'password');
        if (name === '' || password === '') onMissing();
        else
          onSubmit(name.includes('@') ? { email: name, password } : { username: name, password });
      }}
    >
      <label className="field">
        <span className="field-label">{signIn.username}</span>
        <input
          className="input"
          name="username"
          type="text"
          dir="auto"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={describedBy}
        />
      </label>
      <label className="field">
        <span className="field-label">{signIn.password}</span>
        <input
          className="input"
          name="password"
          type="password"
          dir="ltr"
          autoComplete="current-password"
          aria-invalid={problem !== null}
          aria-describedby={describedBy}
        />
      </label>
      <p className="field-problem" id="sign-in-problem" role="alert">
        {problem}
      </p>
      <button type="submit" className="button button-primary button-wide" aria-disabled={isBusy}>
        {isBusy ? signIn.busy : signIn.submit}
      </button>
    </form>
  );
}
