import type { Severity } from '../../severity.ts';

/** A JSON pointer (RFC 6901), such as `/alert/title`; `''` is the whole. */
export type Pointer = string;

/** Where the state of an alert is, and the words there that mean each; other words are read as without a mapping. */
export interface StateMapping {
  readonly at: Pointer;
  readonly firing?: readonly string[] | undefined;
  readonly acknowledged?: readonly string[] | undefined;
  readonly resolved?: readonly string[] | undefined;
}

/** Where the severity of an alert is, and what the words there mean; other words are read as without a mapping. */
export interface SeverityMapping {
  readonly at: Pointer;
  readonly words?: Readonly<Record<string, Severity>> | undefined;
}

/**
 * Where a body of any form says what. Pointers begin at each alert of `items`, or at the body when there are none; what an
 * alert itself does not hold is looked for in the body, except its key. What is not pointed at is read as without a mapping.
 */
export interface Mapping {
  /** A list of which each entry is one alert. */
  readonly items?: Pointer | undefined;
  readonly title?: Pointer | undefined;
  readonly description?: Pointer | undefined;
  readonly state?: StateMapping | undefined;
  /** What names the alert for its whole life; of several, all together. */
  readonly key?: Pointer | readonly Pointer[] | undefined;
  readonly severity?: SeverityMapping | undefined;
  readonly service?: Pointer | undefined;
  readonly time?: Pointer | undefined;
  /** An object whose flat fields are the labels. */
  readonly labels?: Pointer | undefined;
  /** Where a person may look further. */
  readonly link?: Pointer | undefined;
}
