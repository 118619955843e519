import { describe, expect, it } from '@jest/globals';
import { races } from '../support/rtkQueryRaces';

describe.each(races)('$name', ({ truth, stock, layer }) => {
  it('goes wrong with what RTK Query has on its own', async () => {
    expect(await stock()).not.toEqual(truth);
  });

  it('ends with what the backend holds', async () => {
    expect(await layer()).toEqual(truth);
  });
});
