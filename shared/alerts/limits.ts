/** How much of a body is kept. Lengths are in UTF-16 units; what is longer is clipped and the signal says so. */
export const limits = {
  /** Alerts in one POST; more are refused, since a sender can be told to send smaller groups. */
  signals: 2_000,
  /** Levels of nesting in a body; deeper ones are refused before they are parsed. */
  depth: 64,
  title: 250,
  description: 1_000,
  service: 100,
  labels: 64,
  labelName: 100,
  labelValue: 250,
  /** Names and values of one alert's labels together. */
  labelText: 2_000,
  links: 4,
  href: 1_000,
  linkText: 100,
  /** What was said about an alert; as much as a note may be long. */
  remark: 1_500,
  /** Who said or did something. */
  by: 100,
  version: 100,
} as const;
