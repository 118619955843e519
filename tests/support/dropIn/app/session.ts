// app/session.ts
let token: string | null = null;

interface Answer {
  readonly tokens?: { readonly accessToken: string };
  readonly accessToken?: string;
}

async function ask(path: string, body: object): Promise<string | null> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { tokens, accessToken } = (await response.json()) as Answer;
  return tokens?.accessToken ?? accessToken ?? null;
}

/** The app's own sign-in: the token is held here, the cookie of the backend renews it. */
export const session = {
  getToken: (): string | null => token,
  async signIn(username: string, password: string): Promise<boolean> {
    token = await ask('login', { username, password });
    return token !== null;
  },
  async refresh(): Promise<string | null> {
    token = await ask('refresh', {});
    return token;
  },
  async signOut(): Promise<void> {
    token = null;
    await ask('logout', {});
  },
};
