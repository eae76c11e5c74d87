export { fingerprintOf } from './fingerprint.ts';
export { serviceNamed } from './labels.ts';
export { limits as alertLimits } from './limits.ts';
export * from './severity.ts';
export * from './signal.ts';
export { folded } from './text.ts';
export { translators } from './translate.ts';
export type { Receipt, Refused, Translation, Translator } from './translation.ts';
