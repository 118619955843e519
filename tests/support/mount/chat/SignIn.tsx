// chat/SignIn.tsx
'use client';

import type { FormEvent } from 'react';
import { useState } from 'react';
import { isHudhudError } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';

export function SignIn() {
  const { auth } = useHudhud();
  const [problem, setProblem] = useState('');

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = String(form.get('username'));
    const password = String(form.get('password'));
    auth.login({ username, password }).catch((error: unknown) => {
      const isRefused = isHudhudError(error) && error.code === 'UNAUTHORIZED';
      setProblem(isRefused ? 'Wrong name or password.' : 'The server does not answer.');
    });
  };

  return (
    <form onSubmit={submit}>
      <input name="username" placeholder="Name" required />
      <input name="password" type="password" placeholder="Password" required />
      <button>Sign in</button>
      <p role="alert">{problem}</p>
    </form>
  );
}
