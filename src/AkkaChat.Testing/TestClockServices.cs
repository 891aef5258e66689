using AkkaChat.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AkkaChat.Testing;

/// <summary>Puts an application on a clock that tests can move.</summary>
public static class TestClockServices
{
    /// <summary>
    /// Makes AkkaChat, and every service that takes a <see cref="TimeProvider"/>, run on a <see cref="TestClock"/>. Call
    /// it after the application's own services are registered, as <c>ConfigureTestServices</c> does.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="clock">The clock; null makes one.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAkkaChat</c> has not been called.</exception>
    public static IServiceCollection UseTestClock(this IServiceCollection services, TestClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        clock ??= new TestClock();
        var options = services.Select(service => service.ServiceType == typeof(AkkaChatWebOptions)
            ? service.ImplementationInstance as AkkaChatWebOptions
            : null).FirstOrDefault(found => found is not null);
        (options ?? throw new InvalidOperationException("Call AddAkkaChat before UseTestClock.")).TimeProvider = clock;
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(clock);
        return services;
    }
}
