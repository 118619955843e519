// app/Root.tsx
import { useState } from 'react';
import { Provider } from 'react-redux';
import { sessionEnded } from '@hudhud/state';
import { RealtimeProvider } from '@hudhud/state/react';
import { Channels } from './Channels';
import { CurrentChannel } from './CurrentChannel';
import type { App } from './makeStore';
import { session } from './session';
import { SignIn } from './SignIn';

export function Root({ app: { hudhud, store } }: { app: App }) {
  const [isSignedIn, setIsSignedIn] = useState(false);

  const signOut = () => {
    setIsSignedIn(false);
    store.dispatch(sessionEnded({ reason: 'logout' }));
    session.signOut().catch(() => undefined);
  };

  return (
    <Provider store={store}>
      {isSignedIn ? (
        <RealtimeProvider hudhud={hudhud}>
          <button onClick={signOut}>Sign out</button>
          <Channels />
          <CurrentChannel />
        </RealtimeProvider>
      ) : (
        <SignIn
          onDone={() => {
            setIsSignedIn(true);
          }}
        />
      )}
    </Provider>
  );
}
