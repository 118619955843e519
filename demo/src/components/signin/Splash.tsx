import { useStrings } from '../../i18n/language';
import { Logo } from '../basics/Logo';
import './SignIn.css';

/** While an earlier session is taken up again. */
export function Splash() {
  const { signIn } = useStrings();
  return (
    <main className="splash" role="status">
      <Logo size={52} />
      <p>{signIn.restoring}</p>
    </main>
  );
}
