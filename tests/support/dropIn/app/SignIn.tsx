// app/SignIn.tsx
import { useState } from 'react';
import { session } from './session';

export function SignIn({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = async () => {
    if (await session.signIn(name, password)) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn().catch(() => undefined);
      }}
    >
      <input
        aria-label="Name"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <input
        aria-label="Password"
        type="password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
        }}
      />
      <button>Sign in</button>
    </form>
  );
}
