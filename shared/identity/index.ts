export * from './access-rules.ts';
export * from './caller.ts';
export * from './mail-reach.ts';
