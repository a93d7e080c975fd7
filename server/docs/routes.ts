import type { IRouter } from 'express'
import type { Call } from '../../contract/call.ts'
import { guard } from '../http/route.ts'
import { openApi } from '../../contract/openapi.ts'
import { DOCS_CSS, docsPage } from './page.ts'

/** `/api/openapi.json` and the page at `/docs`, both made from the table of calls when first asked for. */
export function docsRoutes(router: IRouter, calls: Record<string, Call>, version: string): void {
  let document: object | undefined
  const openapi = () => (document ??= openApi(calls, version))
  router.get('/api/openapi.json', guard('/api/openapi.json', 'page'), (_req, res) => {
    res.json(openapi())
  })
  router.get('/docs', guard('/docs', 'page'), (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache')
    res.type('html').send(docsPage(calls, openapi()))
  })
  router.get('/docs.css', (_req, res) => {
    res.type('css').send(DOCS_CSS)
  })
}
