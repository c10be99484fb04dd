import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { useSession } from '../../api/queries'
import type { Role } from '../../api/types'
import { Bone, Loading } from '../../ui/States'
import NotFoundPage from '../NotFoundPage'

/** Leads guests to sign in and back; others who may not come here see the 404 page. */
export function RequireSession({ roles, children }: { roles?: readonly Role[]; children: ReactNode }) {
  const session = useSession()
  const { pathname, search } = useLocation()
  if (session === undefined)
    return (
      <Loading className="mx-auto w-full max-w-3xl px-4 py-10">
        <Bone className="h-40 w-full" />
      </Loading>
    )
  if (session === null) return <Navigate to={`/anmelden?next=${encodeURIComponent(pathname + search)}`} replace />
  if (roles && !roles.includes(session.user.role)) return <NotFoundPage />
  return children
}
