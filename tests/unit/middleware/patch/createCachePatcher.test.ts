import { describe, expect, it } from '@jest/globals';
import { createCachePatcher, messageById, messageList } from '../../../../src';
import { createHostApi } from '../../../support/hostApi';
import { thrownBy } from '../../../support/decoding';

const channelId = () => 'c1';

describe('createCachePatcher', () => {
  it('knows which endpoints merge', () => {
    const { api } = createHostApi();
    const { merges, rules, reducerPath } = createCachePatcher(api, [
      messageList({ endpoint: 'getMergedMessages', channelId }),
      messageList({ endpoint: 'getMessages', channelId }),
    ]);
    expect(reducerPath).toBe('hostApi');
    expect([...rules.keys()]).toEqual(['getMergedMessages', 'getMessages']);
    expect([...merges.keys()]).toEqual(['getMergedMessages']);
  });

  it.each([
    ['an endpoint that is not there', ['nothing'], 'no endpoint "nothing"'],
    ['two rules for one', ['getMessage', 'getMessage'], 'two rules'],
    ['a mutation', ['rename'], 'mutation'],
  ])('refuses %s', (_, endpoints, words) => {
    const { api } = createHostApi();
    // as a host in plain JavaScript could
    const rules = endpoints.map((endpoint) => messageById({ endpoint: endpoint as 'getMessage' }));
    const error = thrownBy(() => createCachePatcher(api, rules));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', data: { field: 'cachePatchers' } });
    expect(error.message).toContain(words);
  });
});
