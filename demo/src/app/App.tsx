import { RealtimeProvider } from '@hudhud/state/react';
import { SignIn } from '../components/signin/SignIn';
import { Splash } from '../components/signin/Splash';
import { Workspace } from '../components/chrome/Workspace';
import { useAppSelector } from './hooks';
import { hudhud } from './store';

/** One of three screens. The stream is open exactly while the workspace is shown. */
export function App() {
  const status = useAppSelector((state) => state.session.status);
  if (status === 'restoring') return <Splash />;
  if (status === 'signedOut') return <SignIn />;
  return (
    <RealtimeProvider hudhud={hudhud}>
      <Workspace />
    </RealtimeProvider>
  );
}
