using System.Runtime.CompilerServices;

namespace AkkaChat.Testing.Tests.SampleApp;

/// <summary>
/// The application is in the tests' own assembly, which has no folder of its own that WebApplicationFactory could find.
/// An application in a project of its own needs none of this.
/// </summary>
internal static class ContentRoot
{
    [ModuleInitializer]
    public static void Set() =>
        Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_AKKACHAT_TESTING_TESTS", AppContext.BaseDirectory);
}
