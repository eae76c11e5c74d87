export * from './canary.ts';
export * from './env.ts';
export * from './functions.ts';
export * from './messages.ts';
export * from './metrics.ts';
export * from './queues.ts';
export * from './reactions.ts';
export * from './routes.ts';
