export * from './alert-head.ts';
export * from './batch.ts';
export { type Awaited, type PutOff, unhurried } from './burst.ts';
export * from './by-hand.ts';
export { untold } from './cooldown.ts';
export { LOOKING_AROUND, NEWEST_BESIDE } from './correlation/beside.ts';
export { mergeByHand } from './correlation/by-hand.ts';
export { goneBy, isDecidedBy, type Parting, servicesOf } from './correlation/gone.ts';
export {
  type Correlating,
  type CorrelationSettings,
  correlationSettings,
  defaultCorrelation,
  evidenceFor,
  type OpenIncident,
  type Relationship,
  relationships,
  ServiceGraph,
  similarity,
} from './correlation/index.ts';
export { lookingFor, needNeighbours, type Opening } from './correlation/join.ts';
export { byAge, decideMerge, type Merge, type Side, surest, whyApart } from './correlation/merge.ts';
export { decideSplit, type Split } from './correlation/split.ts';
export { type Counting, countingOf, needsAll, newest, type SlotRange, slotsAround } from './counting.ts';
export * from './decide.ts';
export * from './decision.ts';
export * from './explain/index.ts';
export * from './flapping.ts';
export * from './guard.ts';
export {
  asItComes,
  type HeldAgain,
  heldAgain,
  isHeldInVain,
  isHeldStill,
  NOBODY_BEHIND,
  waitingAgain,
} from './held-again.ts';
export { Inhibitions } from './inhibition/inhibitions.ts';
export { isAboutAny, type MutedPage, mutedPage, unlessMutedStill } from './inhibition/page.ts';
export { type InhibitionRule, inhibitionSchema } from './inhibition/rule.ts';
export { LINGER, mutesUntil } from './inhibition/sources.ts';
export { hasLasted, isHeldPage, lastsFrom, putOffUntilLasting } from './lasting.ts';
export { LATEST } from './latest.ts';
export * from './match.ts';
export * from './occurrence.ts';
export { goesOneWay, type RoutedFiring, type Routes, withRoutes, withWays } from './routes.ts';
export * from './rule.ts';
export * from './ruled.ts';
export { type Burden, burdensOf, inhibitionBurdensOf } from './rules/burden.ts';
export { compileRules, type RuleSet } from './rules/compile.ts';
export { conditionOf } from './rules/compiled-rule.ts';
export * from './rules/explain.ts';
export { idleIn } from './rules/idle.ts';
export { seenOf } from './seen.ts';
export * from './settings.ts';
export * from './settle.ts';
export * from './simulate/index.ts';
export * from './storm-counts.ts';
export * from './suppressed.ts';
export { heldFirings } from './suppression.ts';
export * from './threshold.ts';
export { titleTemplate } from './title-template.ts';
export { countedIn, waitingPart, waitingParts, waitsSince, withoutMoved } from './waits.ts';
