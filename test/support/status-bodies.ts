/** Bodies for the routes of the status page that pass their schemas, with a text of one's own wherever there may be one. */
export const statusBodies = (text: string): Readonly<Record<string, object>> => ({
  'PATCH /api/status/page': { name: text, header: text, footer: text },
  'POST /api/status/groups': { name: text },
  'PATCH /api/status/groups/{id}': { name: text },
  'POST /api/status/components': { name: text, services: [text] },
  'PATCH /api/status/components/{id}': { description: text },
  'PUT /api/status/components/{id}/status': { status: 'major_outage' },
  'POST /api/status/incidents': { title: text, text, state: 'investigating' },
  'PATCH /api/status/incidents/{id}': { title: text },
  'POST /api/status/incidents/{id}/updates': { state: 'resolved', text },
  'PATCH /api/status/incidents/{id}/updates/{update}': { text },
  'POST /api/status/maintenance': {
    ...{ title: text, text, components: [] },
    ...{ from: '2100-01-01T00:00:00Z', until: '2100-01-01T02:00:00Z' },
  },
  'PATCH /api/status/maintenance/{id}': { title: text },
});
