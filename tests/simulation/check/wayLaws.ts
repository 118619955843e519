import { checkTimeline } from '../../convergence/check/endChecks';
import { ids } from '../../support/hudhudAnswers';
import type { SimTab } from '../browser/simTab';
import type { Simulation } from '../browser/simulation';
import { alive } from '../browser/simulation';

/** What must hold of the ways to hear the server. */

function fail(law: string): never {
  throw new Error(law);
}

function told({ hudhud, store, number }: SimTab): string {
  const { selectConnectionStatus, selectStream, selectNotices } = hudhud.selectors;
  const root = store.getState();
  const stream = selectStream(root);
  const notices = selectNotices(root).map(({ code }) => code);
  const source = stream?.phase === 'open' ? ` by ${stream.source}` : '';
  const noticed = notices.includes('DEGRADED') ? ', and says that it comes late' : '';
  return `tab ${number} is ${selectConnectionStatus(root)}${source}${noticed}`;
}

/** What a page says that does not hear the server by the best way; `null`: all do. */
export function notHeard(simulation: Simulation): string | null {
  const isHeard = (tab: SimTab) => told(tab) === `tab ${tab.number} is connected by sse`;
  const tab = alive(simulation).find((one) => !isHeard(one));
  return tab === undefined ? null : told(tab);
}

/** Where no way leads anywhere, all say so, and show what the channel in front holds. */
export function checkPolled(simulation: Simulation): void {
  const { server } = simulation;
  for (const tab of alive(simulation)) {
    const is = told(tab);
    if (is !== `tab ${tab.number} is degraded, and says that it comes late`) {
      fail(`${is}, though no way leads anywhere`);
    }
    checkTimeline({ server, rows: tab.rows }, { channelId: ids.general, parentId: null });
  }
}
