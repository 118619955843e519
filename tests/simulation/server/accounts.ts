import type { ScriptedRequest } from '../../../src/testing';
import type { Answer } from '../../convergence/server/routes';
import { grant, me } from '../../support/hudhudAnswers';
import { routeOf } from '../../support/hudhudWorld';

/** Signs one person in, with tokens that end. */
export class Accounts {
  private readonly now: () => number;
  private grants = 0;

  /** @param now - In ms. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Whether a request shows a token that is good. */
  admits({ headers }: ScriptedRequest): boolean {
    const [, claims = ''] = (headers.get('Authorization') ?? '').split('.');
    if (claims === '') return false;
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    return this.now() < exp * 1_000;
  }

  /** `null`: it is none of these. */
  answer(request: ScriptedRequest): Answer | null {
    switch (routeOf(request)) {
      case 'POST /auth/login':
        return ok({ user: me, tokens: this.grant() });
      case 'POST /auth/refresh':
        return ok(this.grant());
      case 'GET /auth/me':
        return ok({ user: me });
      default:
        return null;
    }
  }

  private grant(): object {
    this.grants += 1;
    return grant(`grant ${this.grants}`, 900, Math.floor(this.now() / 1_000));
  }
}

const ok = (body: object): Answer => ({ status: 200, body: { success: true, ...body } });
