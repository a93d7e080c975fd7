import path from 'node:path'
import type { AST, Rule } from 'eslint'
import { adviceAgainst } from './fences.ts'

const root = path.resolve(import.meta.dirname, '..')
const grabBags = /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\.\w+)*(?:\/|$)/
const barrel = 'renderer/i18n/index.ts'

/** The parts of a node that the rule looks at; estree knows no types, typescript-eslint's nodes are loose here. */
interface Importing {
  source?: { type: string; value?: unknown } | null
  importKind?: string
  exportKind?: string
}

export const fence: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { fence: '{{text}}' } },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/')
    const isTooling = /^(?:scripts|e2e)\//.test(file) || !file.includes('/')
    const report = (node: Rule.Node | AST.Program, text: string) =>
      context.report({ node, messageId: 'fence', data: { text } })

    function check(node: Rule.Node) {
      const { source, importKind, exportKind } = node as unknown as Importing
      if (!source) return
      if (node.type.startsWith('Export') && file !== barrel)
        report(node, 'No barrels: let whoever needs this import it from where it is written.')
      if (typeof source.value !== 'string') {
        if (!isTooling) report(node, 'A computed import crosses fences unseen: write the path out.')
        return
      }
      // What import() or typeof import() in a type asks for is no more than a type.
      const asType = importKind === 'type' || exportKind === 'type' || node.type.startsWith('TS')
      const advice = adviceAgainst(file, source.value, asType)
      if (advice) report(node, advice)
    }

    return {
      Program() {
        const program = context.sourceCode.ast
        if (grabBags.test(file))
          report(
            program,
            'No grab bags (utils, helpers, common): name it after what it does, beside its user.',
          )
        if (/(?:^|\/)index\.\w+$/.test(file) && file !== barrel)
          report(program, 'No index files: name the file after what it holds.')
      },
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      TSImportType: check,
    }
  },
}
