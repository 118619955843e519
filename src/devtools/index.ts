export { hudhudDevTools } from './preset';
export { exportDevTools, importDevTools } from '../actions/devToolsFile';

export type { DevToolsPresetOptions } from './preset';
export type { DevToolsAction, DevToolsForm, DevToolsHistory } from '../actions/devToolsFile';
