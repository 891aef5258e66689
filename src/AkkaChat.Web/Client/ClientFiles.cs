using Microsoft.AspNetCore.Routing;

namespace AkkaChat.Web.Client;

internal static class ClientFiles
{
    public static void Map(IEndpointRouteBuilder endpoints, string path, OriginPolicy origins)
    {
    }
}
