using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Support;

/// <summary>The server as the application sees it: all goes through to the real one, but what <see cref="Fault"/> lets fail.</summary>
public class FaultyChat : DispatchProxy
{
    private object _real = null!;
    private Fault _fault = null!;

    /// <summary>Puts it between the application and the server.</summary>
    internal static void AddTo(IServiceCollection services, Fault fault)
    {
        var real = services.Last(service => service.ServiceType == typeof(IAkkaChat)).ImplementationFactory!;
        services.AddSingleton(given => Of((IAkkaChat)real(given), fault));
    }

    internal static T Of<T>(T real, Fault fault)
        where T : class
    {
        var proxy = Create<T, FaultyChat>();
        var self = (FaultyChat)(object)proxy;
        (self._real, self._fault) = (real, fault);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_fault.Takes(targetMethod!.Name))
        {
            return Task.FromException(new TimeoutException($"{targetMethod.Name} has no answer."));
        }

        var result = targetMethod.Invoke(_real, BindingFlags.DoNotWrapExceptions, null, args, null);
        return result is IBroadcaster sockets && targetMethod.ReturnType == typeof(IBroadcaster) ? Of(sockets, _fault) : result;
    }
}

/// <summary>What is to fail next, once: as if a node did not answer in time. Thread-safe.</summary>
internal sealed class Fault
{
    private string? _next;

    /// <param name="method">The name of a method of <see cref="IBroadcaster"/>.</param>
    public void FailNext(string method) => Volatile.Write(ref _next, method);

    public bool Takes(string method)
    {
        var next = Volatile.Read(ref _next);
        return next == method && Interlocked.CompareExchange(ref _next, null, next) == next;
    }
}
