/** The shapes of docs/api.md, as the browser sees them. */
export type Role = 'consumer' | 'creator' | 'moderator' | 'admin'
export type Language = 'de' | 'en'
export type Level = 1 | 2 | 3
export type NanoStatus =
  | 'draft'
  | 'pending_review'
  | 'published'
  | 'rejected'
  | 'archived'
  | 'taken_down'
  | 'deleted'

export interface User {
  id: string
  email: string
  username: string
  display_name: string
  first_name?: string | null
  last_name?: string | null
  role: Role
  status: string
  language: Language
  bio: string | null
  company: string | null
  created_at: string
}

export interface Session {
  user: User
  csrf_token: string
}

export interface Person {
  id?: string
  username: string
  display_name?: string
}

export interface Category {
  slug: string
  name_de: string
  name_en: string
  count?: number
}

export interface NanoItem {
  id: string
  slug: string
  title: string
  description: string | null
  duration_minutes: number
  level: Level
  language: string
  formats: string[]
  categories: Category[]
  tags: string[]
  licence: string | null
  creator: Person
  rating: { count: number; average: number | null }
  downloads: number
  version: string | null
  published_at: string | null
  updated_at: string
}

/** A nano in its creator's list. */
export interface OwnNano extends NanoItem {
  status: NanoStatus
  review_reason: string | null
  newest_version: string | null
  newest_version_status: VersionStatus | null
}

export type VersionStatus = 'draft' | 'pending_review' | 'approved' | 'changes_requested' | 'rejected'

export interface Hit extends NanoItem {
  highlight?: { title?: string | null; description?: string | null } | null
}

export interface VersionInfo {
  version: string
  changelog: string | null
  created_at: string
  size: number
  status: VersionStatus
}

export interface PackageInfo {
  sha256: string
  size: number
  kind: string
  entries: number
  launch_file: string | null
}

export interface Nano extends NanoItem {
  details_md: string | null
  delivery: string | null
  instructor_required: boolean
  objectives: string[]
  target_group: string | null
  prerequisites: string | null
  licence_terms: string | null
  licence_url: string | null
  attribution: string | null
  exchange: string
  source: string | null
  status: NanoStatus
  review_reason: string | null
  rights_confirmed: boolean
  row_version: number
  package: PackageInfo | null
  versions: VersionInfo[]
}

export interface NanoDraft {
  title: string
  description: string
  details_md?: string | null
  duration_minutes: number
  level: Level
  language: string
  formats: string[]
  categories: string[]
  tags: string[]
  objectives?: string[]
  target_group?: string | null
  prerequisites?: string | null
  licence: string
  attribution?: string | null
  rights_confirmed: boolean
}

export interface Finding {
  severity: 'error' | 'warning'
  code: string
  entry: string | null
  rule_de: string
  rule_en: string
  remedy_de: string
  remedy_en: string
}

export interface FileEntry {
  path: string
  size: number
}

export interface Report {
  ok: boolean
  kind: string | null
  sha256: string
  size: number
  entries: number
  unpacked_size: number
  launch_file: string | null
  findings: Finding[]
  files: FileEntry[]
  metadata?: {
    title?: string | null
    language?: string | null
    licence?: string | null
    authors?: string[] | null
    description?: string | null
  } | null
}

export interface Ticket {
  url: string
  expires_at: string
}

export interface Job {
  id: string
  kind: string
  state: 'queued' | 'running' | 'done' | 'failed'
  stage: string | null
  progress: number | null
  result?: Report | null
  error?: { code?: string; message?: string } | string | null
}

export interface UploadInfo {
  id: string
  offset: number
  length: number
  expires_at: string
}

export interface Rating {
  id: string
  user: Person
  score: number
  comment: string | null
  reply: string | null
  created_at: string
  updated_at: string
  mine: boolean
}

export interface ReviewCase {
  id: string
  kind: string
  nano: NanoItem
  version: string
  submitted_at: string
  due_at: string
  overdue: boolean
  own: boolean
  submitter: Person
  status: string
  /** What the creator says in an appeal, and the reason it is made against. */
  statement?: string | null
  against?: string | null
}

/** A take-down of one's own nano. */
export interface TakeDown {
  id: string
  reason: string
  decided_at: string
  appeal_until: string
  appeal: { status: 'open' | 'decided' | 'withdrawn'; submitted_at: string } | null
}

export type Decision = 'approve' | 'request_changes' | 'reject'

export interface PageMeta {
  page: number
  per_page: number
  total: number
  total_pages: number
}

export interface RatingsMeta extends PageMeta {
  histogram: Record<string, number>
  average: number | null
}

export interface FacetValue {
  value: string | number
  count: number
}

export type FacetName = 'category' | 'level' | 'language' | 'format' | 'license'

export interface SearchMeta extends PageMeta {
  corrected_query: string | null
  facets: Partial<Record<FacetName, FacetValue[]>>
}

export interface Answer<T, M = unknown> {
  data: T
  meta: M
}
