using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

/// <summary>For tests in which the server only has to start.</summary>
internal static class DisposeExtensions
{
    public static async Task DisposeAsyncAfter(this Task<TestServer> starting)
    {
        var server = await starting;
        await server.DisposeAsync();
    }
}
