import type { ScriptedRequest, VirtualTime } from '../../../src/testing';
import type { Answer } from '../../convergence/server/routes';
import type { FrameLog, LoggedFrame } from './frameLog';
import { polled } from './frameLog';
import type { Reader } from './streamHub';

/** A poll that waits for something to be told. */
interface Patient {
  readonly reader: Reader;
  readonly request: ScriptedRequest;
  readonly cursor: string | null;
  readonly answer: (answer: Answer) => void;
  isStalled: boolean;
  isDone: boolean;
}

/** Long polls of one person: each is answered as soon as there is something after its cursor, or its time is over. */
export class PollDesk {
  private patients: Patient[] = [];
  private readonly time: VirtualTime;
  private readonly log: FrameLog;

  constructor(time: VirtualTime, log: FrameLog) {
    this.time = time;
    this.log = log;
  }

  take(reader: Reader, request: ScriptedRequest, answer: (answer: Answer) => void): void {
    const { searchParams: query } = new URL(request.url);
    const cursor = query.get('cursor');
    const patient = { reader, request, cursor, answer, isStalled: false, isDone: false };
    this.patients.push(patient);
    const missed = this.log.after(cursor);
    if (missed === null || missed.length > 0) this.finish(patient);
    else
      this.time.timers.after(Number(query.get('timeout_ms')), () => {
        this.finish(patient);
      });
  }

  /** There is something to tell. */
  told(): void {
    for (const patient of this.held()) this.finish(patient);
  }

  /** Those that wait; of a page that is gone, or gave up, there is none. */
  held(): readonly Patient[] {
    this.patients = this.patients.filter(
      ({ isDone, reader, request }) => !isDone && !reader.isGone && !request.isAborted(),
    );
    return this.patients;
  }

  /** The connections break off. */
  cut(): boolean {
    return this.each((patient) => {
      patient.isDone = true;
      patient.reader.time.whenAwake(() => {
        patient.request.fail();
      });
    });
  }

  stall(): boolean {
    return this.each((patient) => {
      patient.isStalled = true;
    });
  }

  private each(act: (patient: Patient) => void): boolean {
    const patients = this.held();
    for (const patient of patients) act(patient);
    return patients.length > 0;
  }

  private finish(patient: Patient): void {
    if (patient.isDone || patient.isStalled) return;
    patient.isDone = true;
    const missed = this.log.after(patient.cursor);
    const events: readonly LoggedFrame[] = missed ?? [this.log.greeting()];
    const cursor = this.log.position;
    const told = { events: events.map(polled), cursor, continuous: missed !== null };
    patient.answer({ status: 200, body: { success: true, ...told } });
  }
}
