import { describe, expect, it } from '@jest/globals';

import { decodeErrorBody } from '../../../src/protocol/decodeErrorBody';
import { frozen } from '../../support/frozen';

describe('decodeErrorBody', () => {
  it.each([
    [
      { success: false, error: { message: 'Token expired', code: 'TOKEN_EXPIRED' } },
      'TOKEN_EXPIRED',
    ],
    [{ error: 'Token expired', code: 'TOKEN_EXPIRED' }, 'TOKEN_EXPIRED'],
    [{ message: 'Token expired' }, null],
    [{ error: { message: 'Token expired', code: 7 } }, null],
    [{ error: {}, message: 'Token expired' }, null],
  ])('reads %p', (body, serverCode) => {
    expect(decodeErrorBody(frozen(body))).toStrictEqual({ message: 'Token expired', serverCode });
  });

  it.each([null, 'oops', [], {}, { error: {} }, { message: 7 }, undefined])(
    'finds nothing in %p',
    (body) => {
      expect(decodeErrorBody(body)).toBeNull();
    },
  );

  it('masks and cuts', () => {
    const message = `bad token=planted ${'x'.repeat(900)}`;
    const read = decodeErrorBody(frozen({ error: { message, code: 'x'.repeat(900) } }));
    expect(read?.message).not.toContain('planted');
    expect(read?.message.length).toBeLessThanOrEqual(512);
    expect(read?.serverCode).toHaveLength(64);
  });
});
