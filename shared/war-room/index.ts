export * from './frames.ts';
export * from './protocol.ts';
export * from './video/index.ts';
