/** The lists of a configuration, each of which may have been left out. */
export const listNames = [
  'people',
  'schedules',
  'policies',
  'rules',
  'services',
  'postmortemTemplates',
] as const;

export type ListName = (typeof listNames)[number];
