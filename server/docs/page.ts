import type { Call } from '../../contract/call.ts'

type Operation = {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object; description?: string }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
type Document = { info: { version: string }; paths: Record<string, Record<string, Operation>> }

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function json(value: object): string {
  return `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`
}

function callHtml(call: Call, operation: Operation): string {
  const parameters = operation.parameters
    .map(
      ({ name, in: place, required, description = '' }) =>
        `<tr><td><code>${escape(name)}</code>${required ? ' *' : ''}</td><td>${place}</td><td>${escape(description)}</td></tr>`,
    )
    .join('')
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<h4>Body · ${escape(type)}</h4>${json(schema)}`,
  )
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status !== 'default')
    .flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(
        ([type, { schema }]) => `<h4>Answer · ${status} · ${escape(type)}</h4>${json(schema)}`,
      ),
    )
  return `<details id="${escape(operation.operationId)}"><summary><b class="${call.method}">${call.method.toUpperCase()}</b> <code>${escape(call.path)}</code> <span>${escape(call.summary)}</span></summary>
<p>${escape(call.about ?? '')}</p>${parameters && `<table>${parameters}</table>`}${bodies.join('')}${answers.join('')}</details>`
}

/** The page at `/docs`: one static document, no script, nothing fetched from elsewhere. */
export function docsPage(calls: Record<string, Call>, document: object): string {
  const { info, paths } = document as Document
  const groups = Map.groupBy(Object.values(calls), (call) => call.tag)
  const sections = [...groups].map(([tag, group]) => {
    const entries = group.map((call) => {
      const operation = paths[call.path.replaceAll(/:(\w+)/g, '{$1}')]?.[call.method]
      return operation ? callHtml(call, operation) : ''
    })
    return `<h2>${escape(tag)}</h2>${entries.join('')}`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>TimeTrack API</title><link rel="stylesheet" href="/docs.css"></head><body><main>
<h1>TimeTrack API <small>${escape(info.version)}</small></h1>
<p>Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a>. Times carry an offset; lists are paged by cursor; errors answer <code>{"error": {"code", "message", "fields"}}</code> (the field contract: <code>{"detail"}</code>).</p>
${sections.join('')}</main></body></html>`
}

export const DOCS_CSS = `:root{color-scheme:light dark;--line:#e3e7ed;--panel:#fff;--ink:#16202e;--ink2:#586577;--bg:#f6f7f9;--accent:#1f5fd6}
@media(prefers-color-scheme:dark){:root{--line:#263040;--panel:#171e28;--ink:#e9eef5;--ink2:#a5b1c2;--bg:#0f141b;--accent:#6ea0ff}}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:21px}h2{font-size:15px;margin:28px 0 8px;color:var(--ink2)}h4{margin:12px 0 4px;font-size:13px;color:var(--ink2)}small{color:var(--ink2);font-weight:450}
details{background:var(--panel);border:1px solid var(--line);border-radius:10px;margin:6px 0;padding:0 14px}summary{cursor:pointer;padding:10px 0;list-style:none}
summary span{color:var(--ink2)}summary b{display:inline-block;min-width:58px;font-size:13px}b.get{color:#16794c}b.post,b.put,b.patch{color:var(--accent)}b.delete{color:#b42318}
@media(prefers-color-scheme:dark){b.get{color:#4cc38a}b.delete{color:#ff8f84}}a{color:var(--accent)}pre{overflow:auto;font-size:13px;background:var(--bg);border-radius:10px;padding:10px}
table{border-collapse:collapse;font-size:13px}td{padding:3px 16px 3px 0;vertical-align:top;color:var(--ink2)}td code{color:var(--ink)}`
