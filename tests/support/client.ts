import type { Snapshot } from './wire';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A signed-in person with plain fetch: no retries, no cleverness. Paths start below /api. */
export interface Client {
  readonly token: string;
  readonly userId: string;
  readonly username: string;
  send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body?: unknown): Promise<Answer<T>>;
}

export async function request<T>(
  url: string,
  method: string,
  path: string,
  {
    token,
    body,
    headers,
  }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as T,
  };
}

interface Login {
  readonly user: { readonly id: string };
  readonly tokens: { readonly accessToken: string };
}

/** Signs in as one of the seeded people. */
export async function signIn(url: string, username: string): Promise<Client> {
  const { body } = await request<Login>(url, 'POST', '/auth/login', {
    body: { username, password: 'hudhud-demo' },
  });
  const token = body.tokens.accessToken;
  const send = <T>(method: string, path: string, sent?: unknown) =>
    request<T>(url, method, path, { token, ...(sent === undefined ? {} : { body: sent }) });
  return {
    token,
    userId: body.user.id,
    username,
    send,
    get: (path) => send('GET', path),
    post: (path, sent) => send('POST', path, sent),
  };
}

/** The id of a seeded channel that this person sees. */
export async function channelId(client: Client, slug: string): Promise<string> {
  const { body } = await client.get<Snapshot>('/workspace/hudhud/general');
  const found = body.channels.find((channel) => channel.slug === slug);
  if (found === undefined) throw new Error(`${client.username} sees no channel ${slug}`);
  return found.channel_id;
}
