import { initFrame } from '../../support/hudhudAnswers';

/** A frame as it stands in the log. */
export interface LoggedFrame {
  readonly id: string;
  readonly text: string;
}

const nameOf = (text: string, field: string): string =>
  new RegExp(`^${field}: (.*)$`, 'm').exec(text)?.[1] ?? '';

/** The same frame as the answer to a poll has it. */
export const polled = ({ id, text }: LoggedFrame): object => ({
  ...{ id, event: nameOf(text, 'event') },
  data: JSON.parse(nameOf(text, 'data')) as unknown,
});

/** The newest frames, numbered without holes: who lost some of them hears them again. */
export class FrameLog {
  private frames: LoggedFrame[] = [];
  private newest = 0;
  private readonly kept: number;

  constructor(kept: number) {
    this.kept = kept;
  }

  /** Where somebody stands who has heard everything. */
  get position(): string {
    return `n-${this.newest}`;
  }

  add(text: string): LoggedFrame {
    this.newest += 1;
    const logged = { id: this.position, text };
    this.frames = [...this.frames, logged].slice(-this.kept);
    return logged;
  }

  /** What stream and poll begin anew with. */
  greeting(): LoggedFrame {
    return { id: this.position, text: initFrame() };
  }

  /** What came after an id; `null`: that is not known, or not any more. */
  after(id: string | null): readonly LoggedFrame[] | null {
    const number = Number(id?.slice(2) ?? NaN);
    const missed = this.newest - number;
    if (!(missed >= 0 && missed <= this.frames.length)) return null;
    return this.frames.slice(this.frames.length - missed);
  }
}
