export * from './beat.ts';
export * from './heartbeat.ts';
export type { heartbeatPlanInput, heartbeatView } from './heartbeat-api.ts';
export * from './opsgenie-heartbeat.ts';
