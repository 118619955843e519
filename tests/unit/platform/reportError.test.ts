import { expect, it, jest } from '@jest/globals';

import { systemReportError } from '../../../src/platform/reportError';

it('prints an error, and throws none where there is no console', () => {
  const error = new Error('of a handler');
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  systemReportError(error);
  expect(print.mock.calls).toEqual([[error]]);

  jest.replaceProperty(globalThis, 'console', undefined as unknown as Console);
  expect(() => {
    systemReportError(error);
  }).not.toThrow();
});
