// chat/ChatProviders.tsx
'use client';

import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Provider } from 'react-redux';
import { RealtimeProvider } from '@hudhud/state/react';
import { makeChat } from './makeChat';

export function ChatProviders({ children }: { children: ReactNode }) {
  const [{ hudhud, store }] = useState(makeChat);

  // an earlier visit may go on, by the cookie
  useEffect(() => {
    hudhud.auth.restore().catch(() => undefined);
  }, [hudhud]);

  return (
    <Provider store={store}>
      <RealtimeProvider hudhud={hudhud}>{children}</RealtimeProvider>
    </Provider>
  );
}
