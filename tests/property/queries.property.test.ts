import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HudhudState } from '../../src';
import type { ScriptedRequest } from '../../src/testing';
import {
  ids,
  initFrame,
  messageFrame,
  messageId,
  row,
  snapshotAnswer,
} from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';
import { expectEqual } from '../support/quickExpect';

type Step =
  | { readonly kind: 'newest' | 'older' | 'workspace' | 'members' | 'unread' | 'break' }
  | { readonly kind: 'create' | 'edit' | 'delete'; readonly n: number };

const pageSize = 3;
/** That the property is about something. */
const tally = { forward: 0 };
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('newest', 'older', 'older', 'workspace', 'members', 'unread', 'break'),
  }) as fc.Arbitrary<Step>,
  fc.record({
    kind: fc.constantFrom('create', 'edit', 'delete'),
    n: fc.nat(12),
  }) as fc.Arbitrary<Step>,
);

/** How the same thing is asked for in two ways. */
interface Asker {
  readonly newest: () => void;
  readonly older: () => void;
  readonly workspace: () => void;
  readonly members: () => void;
  readonly unread: () => void;
}

const [channelId, parentId] = [ids.general, null];
const where = { projectSlug: 'hudhud', channelSlug: 'general' };

const byLoader = ({ hudhud: { actions }, store }: HudhudWorld): Asker => ({
  newest: () => store.dispatch(actions.loadHistory({ channelId, parentId, side: 'newest' })),
  older: () => store.dispatch(actions.loadHistory({ channelId, parentId, side: 'older' })),
  workspace: () => store.dispatch(actions.loadWorkspace(where)),
  members: () => store.dispatch(actions.loadMembers({ channelId })),
  unread: () => store.dispatch(actions.loadUnread()),
});

const byQuery = (world: HudhudWorld): Asker => {
  const { hudhud, store } = world;
  const { api, selectors } = hudhud;
  const { messages, workspace, channelMembers, unread } = api.endpoints;
  const again = { forceRefetch: true, subscribe: false };
  return {
    // what it read before is read again page by page, which the loader does not do
    newest: () =>
      void store.dispatch(
        messages.initiate({ channelId }, { ...again, refetchCachedPages: false }),
      ),
    older: () => {
      // as the hook does: what is held may reach further than what this query has read
      const last = messages.select({ channelId })(store.getState()).data?.pages.at(-1);
      const held = selectors.selectHeldTimeline(store.getState(), channelId, null);
      if (last?.hasOlder === true && last.oldestAt === held?.windows[0]?.from) {
        tally.forward += 1;
        void store.dispatch(
          messages.initiate({ channelId }, { direction: 'forward', subscribe: false }),
        );
      } else {
        byLoader(world).older();
      }
    },
    workspace: () => void store.dispatch(workspace.initiate(where, again)),
    members: () => void store.dispatch(channelMembers.initiate({ channelId }, again)),
    unread: () => void store.dispatch(unread.initiate(undefined, again)),
  };
};

/** A server that reads what is there at the moment of the request. */
class Server {
  readonly rows = new Map([...Array(8).keys()].map((n) => [n + 1, row(n + 1)]));

  page(request: ScriptedRequest) {
    const { searchParams } = new URL(request.url);
    const before = Date.parse(searchParams.get('before') ?? '9999-12-31');
    const rows = [...this.rows.values()]
      .filter(({ created_at: at }) => Date.parse(at) < before)
      .sort((a, b) => a.created_at.localeCompare(b.created_at));
    const messages = rows.slice(-pageSize);
    return { success: true, messages, has_more: messages.length < rows.length };
  }

  /** Changes something; gives back what the stream says of it. */
  change({ kind, n }: Step & { readonly n: number }): string | null {
    const held = this.rows.get(n);
    if (kind === 'create') {
      if (held !== undefined || n <= Math.max(0, ...this.rows.keys())) return null;
      this.rows.set(n, row(n));
      return messageFrame(n);
    }
    if (held === undefined) return null;
    if (kind === 'delete') {
      this.rows.delete(n);
      return messageFrame(n, { action: 'deleted' });
    }
    const content = `${held.content}!`;
    this.rows.set(n, { ...held, content });
    return messageFrame(n, { action: 'updated', content });
  }
}

async function play(
  steps: readonly Step[],
  asker: (world: HudhudWorld) => Asker,
): Promise<Omit<HudhudState, 'loads'>> {
  const server = new Server();
  const world = createHudhudWorld({
    ...{ withQueries: true, options: { pageSize } },
    routes: {
      'GET /chat/messages': (request) => {
        request.json(server.page(request));
      },
      'GET /workspace/hudhud/general': (request) => {
        const { messages, has_more } = server.page(request);
        request.json(snapshotAnswer({ messages, pagination: { has_more } }));
      },
      [`GET /chat/channels/${channelId}/members`]: (request) => {
        request.json({ success: true, members: [{ user_id: ids.omar, username: 'omar' }] });
      },
      'GET /chat/messages/unread/count': (request) => {
        request.json({ success: true, data: { total: 1, channels: { [channelId]: 1 } } });
      },
    },
  });
  await enter(world);
  await world.push(initFrame());
  const ask = asker(world);
  const { selectTimelineInfo, selectHudhud } = world.hudhud.selectors;
  ask.newest();
  await world.platform.settle();
  for (const step of steps) {
    if (step.kind === 'break') {
      world.stream().end();
      await world.platform.advance(3_000);
      await world.push(initFrame());
    } else if ('n' in step) {
      const frame = server.change(step);
      if (frame !== null) await world.push(frame);
    } else {
      const { isKnown, hasOlder } = selectTimelineInfo(world.store.getState(), channelId);
      if (step.kind === 'older' && !(isKnown && hasOlder)) continue;
      ask[step.kind]();
      await world.platform.settle();
    }
  }
  await world.platform.settle();
  const { loads: _loads, ...state } = selectHudhud(world.store.getState());
  world.hudhud.stop();
  world.store.dispatch(world.hudhud.api.util.resetApiState());
  return state;
}

describe('the same facts', () => {
  it('give the same state, whether the loader or a query asked for them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf, { maxLength: 12 }), async (steps) => {
        const loaded = await play(steps, byLoader);
        const queried = await play(steps, byQuery);
        expectEqual(queried, loaded);
      }),
      { numRuns: 60 },
    );
    expect(tally.forward).toBeGreaterThan(20);
  });

  it('are those of the server in the end, by queries alone', async () => {
    const steps = (['older', 'older', 'older'] as const).map((kind): Step => ({ kind }));
    const { messages } = await play(steps, byQuery);
    const held = messages.channels.flatMap(({ timelines }) =>
      timelines.flatMap(({ segments }) => segments.flat()),
    );
    expectEqual(
      held.map(({ id }) => id),
      [...Array(8).keys()].map((n) => messageId(n + 1)),
    );
  });
});
