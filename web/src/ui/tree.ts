import type { FileEntry, Finding } from '../api/types'

/** A folder or file of a package. */
export interface Branch {
  path: string
  name: string
  depth: number
  size: number | null
  files: number
  findings: Finding[]
  troubled: boolean
  children: Branch[]
}

function emptyBranch(path: string, name: string, depth: number): Branch {
  return { path, name, depth, size: null, files: 0, findings: [], troubled: false, children: [] }
}

function settle(branch: Branch): void {
  branch.children.forEach(settle)
  branch.children.sort((a, b) => Number(b.children.length > 0) - Number(a.children.length > 0) || a.name.localeCompare(b.name))
  branch.files = branch.children.length === 0 ? 1 : branch.children.reduce((sum, child) => sum + child.files, 0)
  branch.troubled = branch.findings.length > 0 || branch.children.some((child) => child.troubled)
}

/** Folders first, then files; a finding about an entry that is not listed gets a place of its own. */
export function treeOf(files: readonly FileEntry[], findings: readonly Finding[]): Branch[] {
  const root = emptyBranch('', '', 0)
  const known = new Map<string, Branch>([['', root]])
  const place = (path: string): Branch => {
    const found = known.get(path)
    if (found) return found
    const cut = path.replace(/\/$/, '').lastIndexOf('/')
    const parent = place(cut <= 0 ? '' : path.slice(0, cut))
    const branch = emptyBranch(path, path.slice(cut <= 0 ? 0 : cut + 1), parent.depth + 1)
    parent.children.push(branch)
    known.set(path, branch)
    return branch
  }
  for (const file of files) if (!file.path.endsWith('/')) place(file.path).size = file.size
  for (const finding of findings) if (finding.entry) place(finding.entry).findings.push(finding)
  settle(root)
  return root.children
}
