import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import {
  decodeLogin,
  decodeMe,
  decodeRefresh,
  decodeStreamStatus,
} from '../../src/protocol/decodeAuth';
import { decodeErrorBody } from '../../src/protocol/decodeErrorBody';
import {
  decodeChannelReply,
  decodeChannels,
  decodeMembers,
  decodeProject,
  decodeProjects,
} from '../../src/protocol/decodeModels';
import {
  decodeMessageReply,
  decodeMessagesPage,
  decodeReactions,
  decodeUnread,
} from '../../src/protocol/decodePages';
import { decodeSnapshot } from '../../src/protocol/decodeSnapshot';
import { decoded } from '../support/decoding';
import { frozen } from '../support/frozen';

// The client's half of the contract: what each sample of frames.json and rest.json means. The server's half, that it
// really sends what the samples hold, is tested against the emulator.

interface FrameSample {
  readonly name: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly optional: readonly string[];
}

interface AnswerSample {
  readonly name: string;
  readonly body: unknown;
}

interface Expectations {
  readonly frames: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, unknown>>;
}

const read = (file: string): unknown =>
  frozen(JSON.parse(readFileSync(join(__dirname, file), 'utf8')));
const frames = read('frames.json') as readonly FrameSample[];
const answers = read('rest.json') as readonly AnswerSample[];
const expectations = read('decoded.json') as Expectations;

const decoders: readonly (readonly [RegExp, (body: unknown) => unknown])[] = [
  [/^error: /, decodeErrorBody],
  [/^POST \/auth\/(?:register|login)$/, decodeLogin],
  [/^POST \/auth\/refresh$/, decodeRefresh],
  [/^(?:GET \/auth\/me|PUT \/auth\/profile)$/, decodeMe],
  [/^GET \/projects(?:\?|$)/, decodeProjects],
  [/^(?:GET \/projects\/(?::id|slug\/:slug)|POST \/projects)$/, decodeProject],
  [/\/members$/, decodeMembers],
  [/^GET \/(?:projects\/:id|chat)\/channels$/, decodeChannels],
  [/\/channels(?:\/:id)?$/, decodeChannelReply],
  [/^GET \/workspace\//, decodeSnapshot],
  [/^GET .*\/reactions$/, decodeReactions],
  [/\/unread\/count$/, decodeUnread],
  [/^GET \/chat\/(?:messages|.*\/messages|.*\/replies)$/, decodeMessagesPage],
  [/^(?:POST|PUT) \/chat\/messages(?:\/:id|\/:id\/replies)?$/, decodeMessageReply],
  [/^GET \/(?:realtime\/status|health)$/, decodeStreamStatus],
];

/** An answer that says `success` and nothing else needs no decoder. */
function isBare(body: unknown): boolean {
  return JSON.stringify(body) === '{"success":true}';
}

function decodeAnswer({ name, body }: AnswerSample): unknown {
  const decoder = decoders.find(([pattern]) => pattern.test(name))?.[1];
  if (decoder === undefined) throw new Error(`no decoder for ${name}`);
  return decoder(body);
}

describe('frames', () => {
  it.each(frames)('$name', ({ name, event, data }) => {
    expect(expectations.frames).toHaveProperty([name]);
    expect(decoded(event, data)).toStrictEqual(expectations.frames[name]);
  });

  it.each(frames.filter(({ optional }) => optional.length > 0))(
    '$name without what may be missing',
    ({ name, event, data, optional }) => {
      const rest = Object.entries(data).filter(([key]) => !optional.includes(key));
      const { type, op } = decoded(event, Object.fromEntries(rest)) as {
        type: string;
        op?: string;
      };
      expect(expectations.frames[name]).toMatchObject({ type, op });
    },
  );

  it('are all that is expected', () => {
    expect(Object.keys(expectations.frames)).toEqual(frames.map(({ name }) => name));
  });
});

describe('answers', () => {
  const telling = answers.filter(({ body }) => !isBare(body));

  it.each(telling)('$name', (sample) => {
    expect(expectations.answers).toHaveProperty([sample.name]);
    expect(decodeAnswer(sample)).toStrictEqual(expectations.answers[sample.name]);
  });

  it('are all that is expected', () => {
    expect(Object.keys(expectations.answers)).toEqual(telling.map(({ name }) => name));
  });
});
