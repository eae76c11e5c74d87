import { startProxyAlone } from '../proxy/alone.ts';

export type { EngineAnswer, EngineCall, Observe } from '../proxy/call.ts';
export type { Between, Fault, Faults } from '../proxy/fault.ts';
export const startFaultProxy = startProxyAlone;
