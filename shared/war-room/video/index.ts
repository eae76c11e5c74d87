export * from './credentials.ts';
export * from './failure.ts';
export * from './jitsi.ts';
export * from './link.ts';
export * from './provider.ts';
export * from './settings.ts';
export * from './vendor.ts';
