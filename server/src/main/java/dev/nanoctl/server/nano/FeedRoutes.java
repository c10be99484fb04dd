package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Routes;
import java.util.List;

/** The catalogue for other machines. */
public final class FeedRoutes implements Routes {
  private static final String PUBLIC = "public, max-age=300";

  private final Feeds feeds;

  /** The endpoints of these feeds. */
  public FeedRoutes(Feeds feeds) {
    this.feeds = feeds;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("nanos/{id}/amb.json")
            .summary("The metadata of a Nano in the AMB profile")
            .answersFile(200, "application/ld+json")
            .errors(ApiError.NOT_FOUND)
            .handle(call ->
                feeds
                    .amb(call.path("id"))
                    .map(bytes -> file("application/ld+json", bytes))
                    .orElseThrow(Guard::notFound)),
        Endpoint.get("/sitemap.xml")
            .summary("The addresses of all public pages")
            .answersFile(200, "application/xml")
            .hidden()
            .handle(_ -> file("application/xml; charset=utf-8", feeds.sitemap())),
        Endpoint.get("/feeds/nanos.atom")
            .summary("The newest Nanos")
            .answersFile(200, "application/atom+xml")
            .hidden()
            .handle(_ -> file("application/atom+xml; charset=utf-8", feeds.atom())));
  }

  private static Answer file(String mediaType, byte[] bytes) {
    return Answer.bytes(200, mediaType, bytes).cacheControl(PUBLIC);
  }
}
