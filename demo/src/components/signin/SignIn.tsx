import type { Credentials } from '@hudhud/state';
import { isHudhudError } from '@hudhud/state';
import { useEffect, useState } from 'react';
import { useAppSelector } from '../../app/hooks';
import { signIn } from '../../app/signIn';
import { useStrings } from '../../i18n/language';
import type { Strings } from '../../i18n/strings';
import { Logo } from '../basics/Logo';
import { Preferences } from '../chrome/Preferences';
import { PasswordForm } from './PasswordForm';
import { PeoplePicker } from './PeoplePicker';
import './SignIn.css';

type Problem = (strings: Strings) => string;

function problemOf(error: unknown): Problem {
  const code = isHudhudError(error) ? error.code : null;
  return (strings) =>
    code === 'UNAUTHORIZED' || code === 'REQUEST_REJECTED'
      ? strings.signIn.wrongPassword
      : strings.error(code);
}

export function SignIn() {
  const strings = useStrings();
  const hasExpired = useAppSelector((state) => state.session.hasExpired);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const enter = async (credentials: Credentials) => {
    if (isBusy) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await signIn(credentials);
    } catch (error) {
      setProblem(() => problemOf(error));
      setIsBusy(false);
    }
  };

  useEffect(() => {
    document.title = strings.appName;
  }, [strings]);

  return (
    <div className="sign-in">
      <main className="sign-in-card">
        <header className="sign-in-head">
          <Logo size={52} />
          <h1>{strings.signIn.title}</h1>
          <p>{hasExpired ? strings.signIn.expired : strings.signIn.lead}</p>
        </header>
        <PeoplePicker
          isBusy={isBusy}
          onPick={(credentials) => {
            void enter(credentials);
          }}
        />
        <p className="sign-in-or">{strings.signIn.or}</p>
        <PasswordForm
          isBusy={isBusy}
          problem={problem?.(strings) ?? null}
          onMissing={() => {
            setProblem(() => (words: Strings) => words.signIn.missing);
          }}
          onSubmit={(credentials) => {
            void enter(credentials);
          }}
        />
      </main>
      <footer className="sign-in-foot">
        <Preferences />
      </footer>
    </div>
  );
}
