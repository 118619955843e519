import { otherSend } from '../../convergence/client/elsewhere';
import type { Simulation } from '../browser/simulation';
import { checkStep } from '../check/laws';
import { checkPolled } from '../check/wayLaws';
import { openWays, pass } from '../play';

/** For a while no way to hear the server leads anywhere: what shows most is read, within what the server takes. */
export async function degrade(simulation: Simulation): Promise<void> {
  const { network, hub, desk, ways } = simulation;
  if (!ways.endsDegraded) return;
  network.streamGate = 'refused';
  network.takesPolls = false;
  hub.cut('fail');
  desk.cut();
  await pass(simulation, 30_000);
  otherSend(simulation, 1, 1);
  await pass(simulation, 45_000);
  checkStep(simulation);
  checkPolled(simulation);
  openWays(simulation);
}
