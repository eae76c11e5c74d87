/** The body of an Alertmanager webhook (version 4) about alerts with these labels. Times are RFC 3339. */
export function alertmanagerBody(
  alerts: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly startsAt: string;
    readonly endsAt?: string;
  }[],
) {
  const one = (endsAt: string | undefined) => (endsAt === undefined ? 'firing' : 'resolved');
  return {
    version: '4',
    groupKey: '{}:{alertname="InstanceDown"}',
    truncatedAlerts: 0,
    status: alerts.some(({ endsAt }) => endsAt === undefined) ? 'firing' : 'resolved',
    receiver: 'incidents',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example.com',
    alerts: alerts.map(({ labels, startsAt, endsAt }) => ({
      status: one(endsAt),
      labels,
      annotations: { summary: `${labels.alertname} on ${labels.instance ?? labels.service}` },
      startsAt,
      endsAt: endsAt ?? '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example.com/graph',
    })),
  };
}
