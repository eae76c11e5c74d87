export * from './held-alert.ts';
export * from './matcher.ts';
export * from './quiet.ts';
export * from './quiet-api.ts';
export * from './quiet-plan.ts';
export * from './touched.ts';
