import { describe, expect, it } from '@jest/globals';
import { createFakeOrigin } from '../../../src/testing';
import { createSharedSignIn } from '../../../src/transport/sharedSignIn';

function openTabs() {
  const origin = createFakeOrigin();
  const heard: string[] = [];
  return {
    heard,
    open: (tab: string, name: string) => {
      const page = origin.tab();
      const signIn = createSharedSignIn(page.broadcast, () => {
        heard.push(tab);
      });
      signIn.open(name);
      return { signIn, page };
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('a sign-in', () => {
  it('is told to the other tabs of the person, and to those alone', async () => {
    const { heard, open, settle } = openTabs();
    const { signIn } = open('one', 'lina');
    open('two', 'lina');
    open('three', 'omar');
    signIn.tell();
    await settle();
    expect(heard).toEqual(['two']);
  });

  it('is heard once under a name that is opened twice, and under a new one no more under the old', async () => {
    const { heard, open, settle } = openTabs();
    const { signIn } = open('one', 'lina');
    const two = open('two', 'lina');
    two.signIn.open('lina');
    signIn.tell();
    await settle();
    expect(heard).toEqual(['two']);
    two.signIn.open('omar');
    signIn.tell();
    await settle();
    expect(heard).toEqual(['two']);
  });

  it('is neither told nor heard once closed, and leaves no line', async () => {
    const { heard, open, settle } = openTabs();
    const one = open('one', 'lina');
    const two = open('two', 'lina');
    two.signIn.close();
    one.signIn.tell();
    await settle();
    expect(heard).toEqual([]);
    expect(two.page.held()).toMatchObject({ lines: 0 });
    two.signIn.tell();
    await settle();
    expect(heard).toEqual([]);
  });
});
